package properties

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// arrows says which rooms of the project a room may import.
var arrows = map[string][]string{
	"calc":       {"calc"},
	"ingest":     {"calc", "ingest"},
	"reconcile":  {"calc", "reconcile"},
	"report":     {"calc", "reconcile", "report"},
	"cmd":        {"calc", "ingest", "reconcile", "report", "cmd"},
	"properties": {"calc", "ingest", "reconcile", "report", "cmd", "properties"},
}

// homes says in which rooms a library may be imported.
var homes = map[string][]string{
	"github.com/shopspring/decimal":  {"calc", "properties"}, // properties holds amounts against it
	"github.com/jalaali/go-jalaali":  {"calc"},
	"github.com/xuri/excelize":       {"report", "properties", "cmd"}, // properties reads workbooks back
	"github.com/spf13":               {"cmd"},
	"github.com/leanovate/gopter":    {"properties"},
	"github.com/go-json-experiment/": {"ingest"},
	"go.yaml.in/yaml":                {"ingest", "cmd"},
	"github.com/klauspost/compress":  {"ingest", "cmd"},
	"golang.org/x/time":              {"ingest"},
}

// networked lists the folders that may speak with other machines.
var networked = []string{"ingest/fetch/", "ingest/mock/", "cmd/", "properties/"}

// file is a parsed file of the project.
type file struct {
	room, path string
	test       bool
	syntax     *ast.File
	set        *token.FileSet
}

// project parses every Go file below the repository's root.
func project(t *testing.T) []file {
	t.Helper()
	var all []file
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		path = filepath.ToSlash(path)
		set := token.NewFileSet()
		syntax, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		inside := strings.TrimPrefix(path, "../")
		room, _, _ := strings.Cut(inside, "/")
		all = append(all, file{room, inside, strings.HasSuffix(path, "_test.go"), syntax, set})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 30 {
		t.Fatalf("only %d files found: the test looks in the wrong place", len(all))
	}
	return all
}

func TestImportsPointOneWay(t *testing.T) {
	for _, f := range project(t) {
		allowed, known := arrows[f.room]
		if !known {
			t.Errorf("%s: the folder %q is not part of the layout", f.path, f.room)
		}
		for _, imp := range f.syntax.Imports {
			path := strings.Trim(imp.Path.Value, `"`)
			if inside, is := strings.CutPrefix(path, "tieout/"); is {
				room, _, _ := strings.Cut(inside, "/")
				if !slices.Contains(allowed, room) {
					t.Errorf("%s imports %s; %s may import %v", f.path, path, f.room, allowed)
				}
			}
			if under := func(folder string) bool { return strings.HasPrefix(f.path, folder) }; (path == "net" ||
				strings.HasPrefix(path, "net/")) && !slices.ContainsFunc(networked, under) {
				t.Errorf("%s imports %s; only %v speak with other machines", f.path, path, networked)
			}
			for library, rooms := range homes {
				if (path == library || strings.HasPrefix(path, strings.TrimSuffix(library, "/")+"/")) && !slices.Contains(rooms, f.room) {
					t.Errorf("%s imports %s, which belongs to %v", f.path, path, rooms)
				}
			}
		}
	}
}

// Money never touches a float, no arithmetic changes for all, and nothing below
// the command reads the clock.
func TestBannedNamesDoNotOccur(t *testing.T) {
	bannedCalls := map[string]string{
		"strconv.ParseFloat":  "money never touches a float",
		"strconv.FormatFloat": "money never touches a float",
		"big.Float":           "money never touches a float",
		"big.NewFloat":        "money never touches a float",
		"time.Now":            "the core does not read the clock", "time.Since": "the core does not read the clock",
		"os.Getenv":            "only the command reads the environment",
		"decimal.NewFromFloat": "money never touches a float", "decimal.NewFromFloat32": "money never touches a float",
		"decimal.NewFromFloatWithExponent":     "money never touches a float",
		"decimal.DivisionPrecision":            "it would change arithmetic for all",
		"decimal.MarshalJSONWithoutQuotes":     "it would change arithmetic for all",
		"decimal.TrimTrailingZeros":            "it would change arithmetic for all",
		"decimal.PowPrecisionNegativeExponent": "it would change arithmetic for all",
		"decimal.ExpMaxIterations":             "it would change arithmetic for all",
		"decimal.MaxDecodeExponent":            "it would change arithmetic for all",
	}
	for _, f := range project(t) {
		if f.test || !slices.Contains([]string{"calc", "ingest", "reconcile", "report"}, f.room) {
			continue
		}
		ast.Inspect(f.syntax, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if n.Name == "float64" || n.Name == "float32" {
					t.Errorf("%s: %s: money never touches a float", f.set.Position(n.Pos()), n.Name)
				}
			case *ast.BasicLit:
				// A workbook's margins and column widths are no money.
				if n.Kind == token.FLOAT && f.room != "report" {
					t.Errorf("%s: %s: money never touches a float", f.set.Position(n.Pos()), n.Value)
				}
			case *ast.SelectorExpr:
				if n.Sel.Name == "InexactFloat64" || n.Sel.Name == "Float64" {
					t.Errorf("%s: %s: money never touches a float", f.set.Position(n.Pos()), n.Sel.Name)
				}
				if of, is := n.X.(*ast.Ident); is && bannedCalls[of.Name+"."+n.Sel.Name] != "" {
					t.Errorf("%s: %s.%s: %s", f.set.Position(n.Pos()), of.Name, n.Sel.Name, bannedCalls[of.Name+"."+n.Sel.Name])
				}
			}
			return true
		})
	}
}

// An Amount cannot be compared with == at all; a decimal can, and 1.0 and 1.00
// would differ.
func TestDecimalsAreNotComparedWithEqualSigns(t *testing.T) {
	set := token.NewFileSet()
	var files []*ast.File
	matches, err := filepath.Glob("../calc/*.go")
	if err != nil || len(matches) == 0 {
		t.Fatal("calc not found", err)
	}
	for _, path := range matches {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	info := &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Importer: importer.ForCompiler(set, "source", nil)}
	pkg, err := conf.Check("tieout/calc", set, files, info)
	if err != nil {
		t.Fatal(err)
	}
	if amount := pkg.Scope().Lookup("Amount").Type(); types.Comparable(amount) {
		t.Error("calc.Amount can be compared with ==")
	}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			e, is := n.(*ast.BinaryExpr)
			if is && (e.Op == token.EQL || e.Op == token.NEQ) && !info.Types[e.Y].IsNil() && strings.HasSuffix(info.TypeOf(e.X).String(), "decimal.Decimal") {
				t.Errorf("%s: decimals are compared with Equal", set.Position(e.Pos()))
			}
			return true
		})
	}
}
