package cells

import (
	"bytes"
	"os"
	"testing"

	"tieout/calc/schema"
	"tieout/ingest/arifmetika"
)

func BenchmarkDocument(b *testing.B) {
	for _, k := range []struct {
		file   string
		source *schema.Source
	}{{"/tmp/bench/contracts.ndjson", arifmetika.Contracts()}, {"/tmp/bench/schedules.ndjson", arifmetika.Schedule()}} {
		b.Run(k.source.Name, func(b *testing.B) {
			f, err := os.Open(k.file)
			if err != nil {
				b.Skip(err)
			}
			text := make([]byte, 16<<20)
			n, _ := f.Read(text)
			text = text[:bytes.LastIndexByte(text[:n], '\n')+1]
			l, err := schema.NewLayout(k.source)
			if err != nil {
				b.Fatal(err)
			}
			s := New(l, []*schema.Layout{l}, nil)
			b.ReportAllocs()
			records := 0
			at := 0
			for b.Loop() {
				if at == len(text) {
					at = 0
				}
				end, ok := s.Document(text, at)
				if !ok {
					b.Fatalf("at %d: %s", at, text[at:at+200])
				}
				b.SetBytes(int64(end - at))
				at = end + 1
				records++
			}
		})
	}
}
