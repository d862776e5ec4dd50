// Photographs go before the call that names them: small ones at once, large ones piece by piece, so that
// a broken line costs one piece.
import { append, beginUpload, Problem, upload } from "./api.js";

const AT_ONCE = 4 * 1024 * 1024;
const PIECE = 1024 * 1024;

// Each goes once: its id replaces it in the body, so that the call says the same when it is repeated.
export async function uploadAll(item, keep) {
  for (const [field, files] of Object.entries(item.files ?? {})) {
    while (files.length) {
      const id = files[0].size > AT_ONCE ? await piecewise(item, files[0], keep) : (await upload(files[0])).id;
      item.body[field] = [...(item.body[field] ?? []), id];
      item.uploading = null;
      files.shift();
      await keep(item);
    }
  }
}

async function piecewise(item, file, keep) {
  item.uploading ??= { id: (await beginUpload(file)).id, offset: 0 };
  await keep(item);
  let said = {};
  while (!said.file) {
    said = await piece(item.uploading, file);
    item.uploading.offset = said.offset;
    await keep(item);
  }
  return said.file;
}

// A piece whose answer was lost is there already: the API says where to go on.
async function piece({ id, offset }, file) {
  try {
    return await append(id, offset, file.slice(offset, offset + PIECE));
  } catch (problem) {
    if (problem instanceof Problem && problem.code === "upload-offset") return problem.facts;
    throw problem;
  }
}
