// Package capture keeps the answers of upstream APIs as they came, byte for byte, in
// a file that is only ever added to.
//
// A capture is NDJSON: one entry a line, in the order written. What a line says of a
// source and key, a later line of the same source and key says anew; nothing is taken
// back. A program that is killed leaves at worst an unfinished last line, which
// reading recognises and opening cuts off, so that the next run goes on from there.
//
// Open is for writing, Read for reading, and Latest tells what holds at the end of a
// capture, as documents to check. The format is described in docs/captures.md.
package capture
