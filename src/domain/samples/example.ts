import type { LabelConfig } from '#config/label-config.ts';
import { readConfig } from '#config/read/read-config.ts';
import { findTag } from '#config/control-tags.ts';
import { writeJson, type JsonObject } from '#wire/json/json.ts';
import { controlsOf, regionExample } from './example-regions.ts';
import { formatJson } from '#domain/text/format-json.ts';
import { sampleResults } from './sample-results.ts';

/** Used when no project is chosen. */
const generalConfig = configOf(`<View>
  <Text name="text" value="$text"/>
  <Choices name="sentiment" toName="text">
    <Choice value="Positive"/><Choice value="Negative"/><Choice value="Neutral"/>
  </Choices>
</View>`);

/** An example region for the first control that has one. */
export function exampleRegion(config: LabelConfig = generalConfig): JsonObject {
  return exampleRegions(config)[0] ?? exampleRegions(generalConfig)[0]!;
}

/** Example regions that form one valid result, one per control where possible. */
export function exampleRegions(config: LabelConfig): JsonObject[] {
  const answers = sampleResults(config, 'with-undocumented').results[0] ?? [];
  return controlsOf(config).flatMap((control, index) => {
    if (findTag(control.tag)?.makes === 'region')
      return regionExample(control, config, `region-${index + 1}`) ?? [];
    return answers.filter(({ from_name: name }) => name === control.name);
  });
}

/** A formatted example request for these tasks. */
export function exampleRequest(
  config: LabelConfig | undefined,
  tasks: readonly number[],
  project?: number,
): string {
  const known = config === undefined ? [] : exampleRegions(config);
  const result = known.length === 0 ? exampleRegions(generalConfig) : known;
  const request: JsonObject = { tasks: tasks.length === 0 ? [1, 2, 3] : [...tasks] };
  if (project !== undefined) request['project'] = project;
  request['result'] = result;
  return formatJson(writeJson(request));
}

function configOf(xml: string): LabelConfig {
  const read = readConfig(xml);
  if (!read.ok) throw new Error(read.problem.message);
  return read.config;
}
