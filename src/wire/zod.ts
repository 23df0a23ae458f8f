import * as z from 'zod/mini';

// A strict CSP forbids `new Function`, which zod would use to compile its checks.
z.config({ jitless: true });

// zod/mini, because only the paths of issues are used, not zod’s messages.
export { z };
