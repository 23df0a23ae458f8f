import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { QueryClient } from '@tanstack/react-query';
import { createEngineClient } from '#engine/engine-client.ts';
import { App, preloadScreens } from '#ui/app.tsx';
import { takeCarriedText } from '#ui/shared/carried-text.ts';
import { keepDraft } from '#ui/shared/keep-draft.ts';
import { createWorkbench } from '#ui/shared/workbench.ts';

const engine = createEngineClient();
const workbench = createWorkbench(engine);
workbench.changeText(takeCarriedText());
void keepDraft(workbench);

// Outcomes are values: a failed call to a server is shown with its way out, not tried again behind the screen's back.
const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, networkMode: 'always', refetchOnWindowFocus: false } },
});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App engine={engine} queryClient={queryClient} workbench={workbench} />
  </StrictMode>,
);

// After the first paint: the other screens are fetched while the first one is being read.
setTimeout(() => void preloadScreens(), 500);
