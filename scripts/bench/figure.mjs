/**
 * One row of the table.
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value
 * @property {number | null} goal maximum; null if there is none
 * @property {boolean} [atLeast] true if the goal is a minimum
 * @property {string} unit
 * @property {string} how description of the input
 */

/** @param {Figure} figure */
export const holds = ({ value, goal, atLeast }) => goal === null || (atLeast ? value >= goal : value <= goal);
