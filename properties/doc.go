// Package properties holds the laws that cross packages: what the published
// samples must give, which imports and functions the packages may use, and
// properties of generated documents. It has only tests.
package properties
