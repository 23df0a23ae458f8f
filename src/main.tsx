import '@fontsource-variable/inter/wght.css';
import '#ui/theme/inter.css';
import { createEngineClient } from '#engine/engine-client.ts';

// The engine starts, and asks what there is to connect to, while the screens are still on their way.
const engine = createEngineClient();
void import('#ui/start.tsx').then(({ start }) => start(engine));
