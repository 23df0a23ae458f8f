/**
 * One line of the table.
 * @typedef {object} Figure
 * @property {string} name
 * @property {number} value
 * @property {number | null} goal at most this; null where it is only told
 * @property {string} unit
 * @property {string} how of what it was made
 */

/** @param {Figure} figure */
export const holds = ({ value, goal }) => goal === null || value <= goal;
