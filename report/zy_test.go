package report
import ("testing";"time";"runtime";"io")
func TestBig(t *testing.T){ r:=richResult(); for len(r.Findings)<20000 { r.Findings=append(r.Findings, r.Findings[:7]...)}
 t0:=time.Now(); if err:=Workbook(io.Discard,r);err!=nil{t.Fatal(err)}
 var m runtime.MemStats; runtime.ReadMemStats(&m); t.Log(time.Since(t0), m.Sys>>20, m.TotalAlloc>>20)}
