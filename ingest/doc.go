// Package ingest turns bytes into documents: it finds the documents in a file,
// tells their source by their shape, and decodes what the source describes.
//
// Reading is strict. Text that is not JSON, keys that stand twice and values that
// are not of their kind are rejected with their place, and cost nothing but
// themselves: the documents around them are read, and, where the text is well-formed
// around a fault, the records beside the one that holds it. Every figure keeps its text as
// sent and its place.
//
// Sub-packages describe the documents of the built-in sources; Describe reads a
// user's description. Both are schema.Source values, and reading knows no other
// difference between them.
package ingest
