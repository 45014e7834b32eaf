/** What every subgraph of the suite begins with. */
export const LINK = `
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@shareable", "@external", "@requires", "@provides", "@inaccessible", "@interfaceObject", "@override"]
  )
`;

/** Subgraphs by their names; each is a schema without the part that is the same for all. */
export type SubgraphTexts = Readonly<Record<string, string>>;
