// Reads a chart from standard input with Mermaid's own parser, and prints what it holds; fails where the parser does.
import { JSDOM } from 'jsdom';

globalThis.window = new JSDOM('<!DOCTYPE html>').window;
globalThis.document = globalThis.window.document;
const mermaid = (await import('mermaid')).default;
let text = '';
for await (const piece of process.stdin) text += piece;
await mermaid.parse(text);
const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
console.log(JSON.stringify({
  nodes: [...db.getVertices().values()].map((node) => [node.id, node.text]),
  edges: db.getEdges().map((edge) => [edge.start, edge.end, edge.text]),
  groups: db.getSubGraphs().map((group) => [group.title, group.nodes]),
}));
