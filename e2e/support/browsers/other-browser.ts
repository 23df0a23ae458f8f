/** What a walk needs of a browser that Playwright doesn’t drive. */
export interface OtherBrowser {
  goto(address: string): Promise<void>;
  /** Clicks the visible element that an XPath finds, once there is one. */
  click(path: string): Promise<void>;
  /** The text of the page’s body. */
  text(): Promise<string>;
  /** Pastes where no field has the focus. */
  paste(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Sends one command of WebDriver (https://www.w3.org/TR/webdriver2/) and gives its value. */
export type Send = (command: WebDriverCommand) => Promise<unknown>;

export type WebDriverCommand =
  | { does: 'navigate'; url: string }
  | { does: 'find'; using: 'xpath'; value: string }
  | { does: 'click'; element: string }
  | { does: 'press'; element: string; keys: string }
  | { does: 'run'; script: string; args: unknown[] };

/** Longer than a page takes on a busy machine. */
const patienceMs = 30_000;
const pauseMs = 100;

/** The key under which WebDriver gives elements. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

export function otherBrowser(send: Send, close: () => Promise<void>): OtherBrowser {
  const text = async () =>
    String(await send({ does: 'run', script: 'return document.body.innerText;', args: [] }));
  const find = async (path: string) => {
    const found = (await send({ does: 'find', using: 'xpath', value: path })) as Record<string, string>;
    return found[elementKey]!;
  };
  const press = async (path: string, keys: string) =>
    send({ does: 'press', element: await find(path), keys });
  return {
    close,
    goto: async (url) => void (await send({ does: 'navigate', url })),
    text: async () =>
      String(await send({ does: 'run', script: 'return document.body.innerText;', args: [] })),
    async click(path) {
      try {
        await patiently(async () => {
          await send({ does: 'click', element: await find(path) });
        });
      } catch (cause) {
        throw new Error(`${path} can’t be clicked. The page says:\n${await text()}`, { cause });
      }
    },
    async paste(copied) {
      await send({ does: 'run', script: addField, args: [copied] });
      await press('//textarea[@id="copied"]', `${control}c${release}`);
      await send({ does: 'run', script: removeField, args: [] });
      await press('//body', `${control}v${release}`);
    },
  };
}

/** A field with a text to copy, all of it selected. */
const addField = `
  const field = document.createElement('textarea');
  field.id = 'copied';
  field.value = arguments[0];
  document.body.append(field);
  field.focus();
  field.select();
`;
const removeField = `document.getElementById('copied').remove();`;

const control = '\uE009';
/** Releases the keys. */
const release = '\uE000';

/** Tries until it succeeds; the page may still be loading, or something in front of the element. */
async function patiently(act: () => Promise<void>): Promise<void> {
  for (const until = Date.now() + patienceMs; ;) {
    try {
      return await act();
    } catch (cause) {
      if (Date.now() > until) throw cause;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
