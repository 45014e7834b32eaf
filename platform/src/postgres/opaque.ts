/**
 * SQL: a parameter that is an array, such that a plan cannot depend on how many items it has. Otherwise the planner takes the plan
 * for as many as there are to be better than the one for any number, and plans anew at each execution: of a short statement over
 * many tables, that is most of its time. For statements that have one good plan.
 */
export const opaqueArray = (place: number, type: string): string => `(SELECT $${place}::${type}[])::${type}[]`;
