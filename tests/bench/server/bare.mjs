/** The baseline: a server that only sends the same bytes and headers. Takes a JSON file of responses. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [file, port] = process.argv.slice(2);
const answers = new Map(
  Object.entries(JSON.parse(readFileSync(file, 'utf8'))).map(([path, { headers, body, gzip }]) => [
    path,
    { headers, body: Buffer.from(body, 'base64'), gzip: Buffer.from(gzip, 'base64') },
  ]),
);

createServer((request, response) => {
  const answer = answers.get(request.url);
  if (!answer) {
    response.writeHead(404).end();
  } else if (request.headers['if-none-match']) {
    response.writeHead(304, answer.headers).end();
  } else if (request.headers['accept-encoding'] === 'gzip') {
    const { gzip } = answer;
    response
      .writeHead(200, [...answer.headers, 'content-encoding', 'gzip', 'content-length', String(gzip.length)])
      .end(gzip);
  } else {
    const { body } = answer;
    response.writeHead(200, [...answer.headers, 'content-length', String(body.length)]).end(body);
  }
}).listen(Number(port), '127.0.0.1');
