/** `/HttpRecordings/<name>`: recordings, for whoever was told the name. */
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const TYPES: Readonly<Record<string, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
};
/** 128 random bits: nobody who was not told one will guess it. */
const NAME = /^[\da-f]{32}\.(mp3|wav|ogg)$/;

/** Adds the recordings of a folder, which is null while there is none; everything but a recording's name is 404. */
export async function serveRecordings(app: FastifyInstance, folder: () => string | null): Promise<void> {
  await app.register(fastifyStatic, { serve: false });
  app.get<{ Params: { '*': string } }>('/HttpRecordings/*', (request, reply) => {
    const name = request.params['*'];
    const [, format = ''] = NAME.exec(name) ?? [];
    const type = TYPES[format];
    const root = folder();
    if (type === undefined || root === null) return reply.callNotFound();
    return reply
      .headers({ 'cache-control': 'private, no-cache', 'content-type': type })
      .sendFile(name, root, { contentType: false, cacheControl: false, dotfiles: 'ignore' });
  });
}
