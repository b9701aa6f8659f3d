import { FrontPageDocument, type EditionCode } from './generated/graphql.ts';
import { send, SendError } from './send.ts';
import { writeFrontPage } from './write-front-page.ts';

// Prints the front page of an edition: `npm run example:typed -- AR http://localhost:4000/graphql`.

const [edition = 'EN', url = 'http://localhost:4000/graphql'] = process.argv.slice(2);

try {
  // An edition that is none is the gateway's to refuse: it knows which there are.
  const { data, errors } = await send(url, FrontPageDocument, { edition: edition as EditionCode });
  for (const { message, path = [] } of errors) console.error(`${path.join('.')}: ${message}`);
  if (data.edition === null || data.edition === undefined) console.error(`There is no edition ${edition} here`);
  else console.log(writeFrontPage(data.edition).join('\n'));
  process.exitCode = data.edition ? 0 : 1;
} catch (error) {
  console.error(error instanceof SendError ? `${error.code}: ${error.message}` : error);
  process.exitCode = 1;
}
