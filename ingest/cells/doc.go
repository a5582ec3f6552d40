// Package cells reads documents of a known shape without building a tree: it turns the
// text of a record straight into the slots of its layout, amounts into integers.
//
// It expects that a document looks like the one before it, member by member, and looks
// names up where it does not. It reads only what is plain: whatever is not surely what
// the strict reader of package ingest would accept without a remark (a fault of syntax, a
// name that stands twice, a value of another kind, a shape not met before that may belong
// to another source) it leaves to that reader. What it does read, it reads the same.
package cells
