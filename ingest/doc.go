// Package ingest turns bytes into documents: it finds the documents in a file,
// tells their source by their shape, and decodes what the source describes.
//
// Reading is strict. Text that is not JSON, keys that stand twice and values that
// are not of their kind are rejected with their place, and cost nothing but
// themselves: the documents around them are read. Every figure keeps its text as
// sent and its place.
//
// Sub-packages describe the documents of the built-in sources; Describe reads a
// user's description. Both are schema.Source values, and reading knows no other
// difference between them.
package ingest
