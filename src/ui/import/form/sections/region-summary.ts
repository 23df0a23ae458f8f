/** A region in one line: `sentiment: Positive`. Undefined if its text isn't JSON or is incomplete. */
export function regionSummary(json: string): string | undefined {
  const region = read(json);
  if (!isObject(region)) return undefined;
  const { from_name: name, type, value } = region;
  const control = [name, type].find((one) => typeof one === 'string');
  const texts = isObject(value) ? valueText(value, type, json) : undefined;
  return [control, texts].filter(Boolean).join(': ') || undefined;
}

/** The control that a region names, if any. */
export function controlOf(json: string): string | undefined {
  const region = read(json);
  return isObject(region) && typeof region['from_name'] === 'string' ? region['from_name'] : undefined;
}

/** The value under the region’s type, as in `"type": "choices", "value": {"choices": …}`; else its size. */
function valueText(value: Record<string, unknown>, type: unknown, json: string): string | undefined {
  const key = typeof type === 'string' && type in value ? type : Object.keys(value)[0];
  if (key === undefined) return undefined;
  const texts = [value[key]].flat(2).map((one) => itemText(one, json));
  return texts.every((one) => one !== undefined) ? texts.join(', ') : Object.keys(value).join(', ');
}

/** Numbers are shown as typed, because parsing would round long ones. */
function itemText(one: unknown, json: string): string | undefined {
  if (typeof one === 'string') return one;
  if (typeof one === 'number') return json.includes(String(one)) ? String(one) : '…';
  return undefined;
}

function read(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
