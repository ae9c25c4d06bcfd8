// Reads charts from standard input, a form feed between them, with Mermaid's own parser, and prints what each holds;
// fails where the parser does.
import { JSDOM } from 'jsdom';

globalThis.window = new JSDOM('<!DOCTYPE html>').window;
globalThis.document = globalThis.window.document;
const mermaid = (await import('mermaid')).default;
let text = '';
for await (const piece of process.stdin) text += piece;
const charts = [];
for (const chart of text.split('\f')) {
  await mermaid.parse(chart);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(chart);
  charts.push({
    nodes: [...db.getVertices().values()].map((node) => [node.id, node.text]),
    edges: db.getEdges().map((edge) => [edge.start, edge.end, edge.text]),
    groups: db.getSubGraphs().map((group) => [group.title, group.nodes]),
  });
}
console.log(JSON.stringify(charts));
