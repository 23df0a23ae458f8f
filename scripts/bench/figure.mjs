/**
 * One line of the table.
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value
 * @property {number | null} goal at most this; null where it is only told
 * @property {boolean} [atLeast] true if the goal is a least value
 * @property {string} unit
 * @property {string} how of what it was made
 */

/** @param {Figure} figure */
export const holds = ({ value, goal, atLeast }) => goal === null || (atLeast ? value >= goal : value <= goal);
