import { useState } from 'react';
import { download } from '#ui/components/download.ts';
import { useEngine } from '#ui/state/use-engine.ts';
import { useBatch, useNavigation, useNotices } from './batch-context.tsx';

/** Downloads a sample batch made from the chosen project’s labels. */
export function useSample() {
  const { connected, projectId } = useBatch();
  const { notify } = useNotices();
  const { projectInput } = useNavigation();
  const engine = useEngine();
  const [isMaking, setMaking] = useState(false);
  const whyNot =
    connected && projectId !== undefined ? undefined : 'Choose a project to get a sample with its labels.';

  async function save(format: 'json' | 'csv') {
    if (whyNot !== undefined) {
      notify({ words: whyNot });
      projectInput.current?.focus();
      return;
    }
    setMaking(true);
    try {
      const sample = await engine.batch.sample(format);
      if (sample.ok) {
        const { file, name, notes } = sample.value;
        download(file, name);
        notify({ words: [`${name} is in your downloads.`, ...notes].join(' ') });
      } else {
        const { message, hint } = sample.failure;
        notify({ words: [`No sample: ${message}`, ...(hint === undefined ? [] : [hint])].join(' ') });
      }
    } finally {
      setMaking(false);
    }
  }

  return { whyNot, isMaking, save };
}
