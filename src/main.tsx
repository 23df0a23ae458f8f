import '@fontsource-variable/inter/wght.css';
import '#ui/theme/inter.css';
import { createEngineClient } from '#engine/engine-client.ts';

// The engine starts and reads which servers are offered while the screens load.
const engine = createEngineClient();
void import('#ui/start.tsx').then(({ start }) => start(engine));
