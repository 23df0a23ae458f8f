import { ExactNumber } from '#wire/json/json-value.ts';
import { writeJson, type Json, type JsonObject } from '#wire/json/json.ts';

/** One HTTP request of a run as it was sent. */
export interface ExactRequest {
  path: string;
  /** For one task: its ID, which is part of the path. */
  task?: number;
  body: JsonObject;
}

const warning = 'Running this creates every annotation once more.';

/** The requests as a shell script. The token comes from the environment. */
export function* asCurl(address: string, requests: Iterable<ExactRequest>): Generator<string> {
  yield `# ${warning}\n# export LABEL_STUDIO_TOKEN=…   (with a personal access token: an access token, and Bearer instead of Token)\n`;
  for (const { path, body } of requests)
    yield `\ncurl --fail-with-body -X POST ${inQuotes(address + path)} \\\n  -H "Authorization: Token $LABEL_STUDIO_TOKEN" \\\n  -H 'Content-Type: application/json' \\\n  --data-raw ${inQuotes(writeJson(body))}\n`;
}

/** The requests as a script for the Python SDK, with its own repetition of POSTs switched off. */
export function* asPython(address: string, requests: Iterable<ExactRequest>): Generator<string> {
  yield `# ${warning}\n# pip install label-studio-sdk\nimport os\n\nfrom label_studio_sdk import LabelStudio\n\nclient = LabelStudio(base_url=${python(address)}, api_key=os.environ["LABEL_STUDIO_TOKEN"])\nonce = {"max_retries": 0}\n`;
  for (const { task, body } of requests) {
    const fields = Object.entries(body).map(([name, value]) => `    ${name}=${python(value)},\n`);
    yield task === undefined
      ? `\nclient.annotations.create_bulk(\n${fields.join('')}    request_options=once,\n)\n`
      : `\nclient.annotations.create(\n    id=${task},\n${fields.join('')}    request_options=once,\n)\n`;
  }
}

const inQuotes = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

function python(value: Json): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${python(item)}`)
      .join(', ')}}`;
  return JSON.stringify(value);
}
