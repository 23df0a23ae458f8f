import * as z from 'zod/mini';

// A strict CSP forbids `new Function`, with which zod would otherwise compile its checks.
z.config({ jitless: true });

// The small zod: of its findings only their place is shown, so the words of the large one would be loaded for nobody.
export { z };
