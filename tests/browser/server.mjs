// Serves a built site as a plain web host would: compressed, and with the strictest policy that it promises to
// live with.
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".ics": "text/calendar; charset=utf-8",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
  ".zip": "application/zip",
};

const ENCODINGS = {
  br: (body) => promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body) => promisify(gzip)(body),
};
const SHRINKS = /^text\/|json|xml|wasm/;

const kindOf = async (path) => {
  try {
    const found = await stat(path);
    return found.isDirectory() ? "folder" : "file";
  } catch {
    return "nothing";
  }
};

// `prefix` is the path of the site on its host, with a slash at both ends.
export async function serve(folder, prefix) {
  const answer = async (request, response) => {
    const send = async (status, headers, body) => {
      const accepted = (request.headers["accept-encoding"] ?? "").split(/\s*,\s*/);
      const encoding = body && SHRINKS.test(headers["Content-Type"]) && Object.keys(ENCODINGS).find((name) => accepted.includes(name));
      const packed = encoding ? await ENCODINGS[encoding](body) : body;
      response.writeHead(status, {
        "Content-Security-Policy": "default-src 'self'",
        ...(encoding ? { "Content-Encoding": encoding, Vary: "Accept-Encoding" } : {}),
        ...headers,
      });
      response.end(request.method === "HEAD" ? undefined : packed);
    };
    const address = new URL(request.url, "http://127.0.0.1");
    let path = decodeURIComponent(address.pathname);
    const missing = async () => {
      const page = await readFile(join(folder, "404.html")).catch(() => "There is no page 404.html.");
      return send(404, { "Content-Type": TYPES[".html"] }, page);
    };
    if (!path.startsWith(prefix)) {
      return missing();
    }
    let file = join(folder, path.slice(prefix.length));
    if (file !== folder && !file.startsWith(folder + sep)) {
      return missing();
    }
    if ((await kindOf(file)) === "folder") {
      if (!path.endsWith("/")) {
        return send(301, { Location: `${address.pathname}/${address.search}` });
      }
      file = join(file, "index.html");
    }
    if ((await kindOf(file)) !== "file") {
      return missing();
    }
    return send(200, { "Content-Type": TYPES[extname(file).toLowerCase()] ?? "application/octet-stream" }, await readFile(file));
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      response.writeHead(500, { "Content-Type": "text/plain" });
      response.end(String(error));
    });
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    // The address on this server of a path of the site, such as /guides/.
    url: (address) => origin + prefix.slice(0, -1) + address,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
