import { createContext } from 'react';

/** The project of the batch, which requests without one of their own belong to. */
export const ChosenProject = createContext<number | undefined>(undefined);
