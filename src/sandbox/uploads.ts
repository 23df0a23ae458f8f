import images from '../../seeds/sandbox/images.json' with { type: 'json' };
import type { Answer, Call } from '#sandbox/http/call.ts';
import { serverError } from '#sandbox/http/refusal.ts';

const files = new Map(Object.entries(images));

/**
 * Serves the seeds' images, which `scripts/draw-pictures.mjs` draws: `UploadedFileResponse` of `label_studio/data_import/api.py`. It needs a token, and crashes on
 * an unknown file.
 */
export function uploadedFile({ url }: Call): Answer {
  const picture = files.get(decodeURIComponent(url.pathname.slice('/data/upload/'.length)));
  if (picture === undefined) throw serverError("'NoneType' object has no attribute 'has_permission'");
  return { status: 200, body: new Blob([Buffer.from(picture, 'base64')]), contentType: 'image/png' };
}
