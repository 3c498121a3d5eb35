/** What carrying sound costs beside a bare forwarder: legs for each core, packets lost, and how long they are under way. */
import { MediaStreamTrack, RtpHeader, RtpPacket } from 'werift';
import { newConnection } from './forwarders.js';
import { ServerProcess } from './server-process.js';

export interface MediaLoad {
  /** Legs one core carries, by the work of this many. */
  readonly legsPerCore: number;
  readonly lossPercent: number;
  readonly p99Ms: number;
}

const PAIRS = 10;
const PACKET_MS = 20;
const SENDING_MS = 5000;
const SETTLE_MS = 500;

interface Party {
  readonly track: MediaStreamTrack;
  readonly delays: number[];
}

export async function measureMedia(): Promise<Record<'engine' | 'werift', MediaLoad>> {
  const loads = {} as Record<'engine' | 'werift', MediaLoad>;
  for (const kind of ['werift', 'engine'] as const) {
    const server = await ServerProcess.start(kind);
    loads[kind] = await measure(server);
    await server.close();
  }
  return loads;
}

async function measure(server: ServerProcess): Promise<MediaLoad> {
  const parties: Party[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    parties.push(await connect(server, pair), await connect(server, pair));
  }
  await send(parties, SETTLE_MS);
  for (const { delays } of parties) delays.length = 0;
  const before = await server.vitals();
  const from = performance.now();
  const sent = await send(parties, SENDING_MS);
  const cpu = (await server.vitals()).cpu - before.cpu;
  const cores = cpu / 1000 / (performance.now() - from);
  const delays = parties.flatMap((party) => party.delays).sort((one, other) => one - other);
  return {
    legsPerCore: parties.length / cores,
    lossPercent: Math.max(0, (100 * (sent - delays.length)) / sent),
    p99Ms: delays[Math.floor(delays.length * 0.99)] ?? Infinity,
  };
}

/** One party: sends packets that say when they were sent, and notes how long those of the other took. */
async function connect(server: ServerProcess, pair: number): Promise<Party> {
  const pc = newConnection();
  const track = new MediaStreamTrack({ kind: 'audio' });
  const delays: number[] = [];
  pc.onTrack.subscribe((heard) => {
    heard.onReceiveRtp.subscribe(({ payload }) => {
      if (payload.length >= 8) delays.push(performance.now() - payload.readDoubleBE(payload.length - 8));
    });
  });
  pc.addTransceiver(track, { direction: 'sendrecv' });
  await pc.setLocalDescription(await pc.createOffer());
  const answer = await server.answer(pc.localDescription!.sdp, pair);
  const up = new Promise<void>((resolve) => {
    pc.connectionStateChange.subscribe((state) => {
      if (state === 'connected') resolve();
    });
  });
  await pc.setRemoteDescription({ type: 'answer', sdp: answer });
  await up;
  return { track, delays };
}

let sequence = 0;

/** Every party sends a packet each 20 ms; returns how many were sent, once the last may have arrived. */
async function send(parties: readonly Party[], ms: number): Promise<number> {
  let sent = 0;
  const from = performance.now();
  for (let turn = 0; turn * PACKET_MS < ms; turn++) {
    const wait = from + turn * PACKET_MS - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    sequence += 1;
    for (const { track } of parties) {
      // Opus of one frame, with the moment at its end.
      const payload = Buffer.alloc(80, 0x48);
      payload.writeDoubleBE(performance.now(), payload.length - 8);
      const header = new RtpHeader({
        ...{ payloadType: 96, sequenceNumber: sequence & 0xffff, timestamp: (sequence * 960) >>> 0 },
        marker: false,
      });
      track.writeRtp(new RtpPacket(header, payload));
      sent += 1;
    }
  }
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  return sent;
}
