import { z } from 'zod';

// A strict CSP forbids `new Function`, with which zod would otherwise compile its checks.
z.config({ jitless: true });

export { z };
