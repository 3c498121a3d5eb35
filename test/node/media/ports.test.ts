import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MediaPorts, OutOfMediaPorts } from '../../../src/pbx/media/ports/media-ports.js';
import { MediaSocket } from '../../../src/pbx/media/ports/media-socket.js';

const LOOPBACK = ['127.0.0.1', '127.0.0.2'];

async function closeAll(sockets: MediaSocket[]): Promise<void> {
  await Promise.all(sockets.map((socket) => socket.close()));
}

/** A range of free ports: one the system chose, and those after it. */
async function freeRange(size: number): Promise<[number, number]> {
  const probe = await MediaSocket.bind('127.0.0.1', 0);
  const low = Math.min(probe.port, 65_536 - size);
  await probe.close();
  return [low, low + size - 1];
}

describe('media ports', () => {
  it('are the same on every address', async () => {
    const sockets = await new MediaPorts().open(LOOPBACK);
    assert.deepEqual(
      sockets.map(({ host }) => host),
      LOOPBACK,
    );
    assert.equal(sockets[0]!.port, sockets[1]!.port);
    await closeAll(sockets);
  });

  it('leave out an address that is not this machine’s', async () => {
    const sockets = await new MediaPorts().open(['203.0.113.1', '127.0.0.1']);
    assert.deepEqual(
      sockets.map(({ host }) => host),
      ['127.0.0.1'],
    );
    await closeAll(sockets);
  });

  it('stay in their range, also when many are asked for at once, and are an error when used up', async () => {
    const range = await freeRange(4);
    const ports = new MediaPorts(range);
    const opened = await Promise.all([1, 2, 3, 4].map(() => ports.open(LOOPBACK)));
    assert.deepEqual(opened.map(([socket]) => socket!.port).sort(), [
      range[0],
      range[0] + 1,
      range[0] + 2,
      range[1],
    ]);
    await assert.rejects(ports.open(LOOPBACK), (error) => {
      assert.ok(error instanceof OutOfMediaPorts);
      assert.equal(error.reason, 'media-failed');
      assert.match(error.message, new RegExp(`${range[0]} to ${range[1]}`));
      return true;
    });
    await closeAll(opened[1]!);
    const again = await ports.open(LOOPBACK);
    assert.equal(again[0]!.port, opened[1]![0]!.port);
    await closeAll([...opened[0]!, ...opened[2]!, ...opened[3]!, ...again]);
  });

  it('go on after a packet that could not be sent', async () => {
    const [socket] = await new MediaPorts().open(['127.0.0.1']);
    const arrived = new Promise<[string, string, number]>((resolve) => {
      socket!.onData = (data, [host, port]) => resolve([data.toString(), host, port]);
    });
    for (const nowhere of [
      ['255.255.255.255', 9],
      ['203.0.113.1', 9],
      ['127.0.0.1', 0],
      ['127.0.0.1', 99_999],
    ] as [string, number][]) {
      await socket!.send(Buffer.from('lost'), nowhere);
    }
    await socket!.send(Buffer.from('found'), ['127.0.0.1', socket!.port]);
    assert.deepEqual(await arrived, ['found', '127.0.0.1', socket!.port]);
    await socket!.close();
    await socket!.send(Buffer.from('late'), ['127.0.0.1', 9]);
  });
});
