// SPDX-License-Identifier: MIT
//
// client_golang.go - the time to render the page of README.md, as abacus.c
package main

import (
	"bytes"
	"fmt"
	"os"
	"sort"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"
)

func render(r *prometheus.Registry, page *bytes.Buffer) {
	page.Reset()
	families, err := r.Gather()
	if err != nil {
		panic(err)
	}
	e := expfmt.NewEncoder(page, expfmt.FmtText)
	for _, f := range families {
		if err := e.Encode(f); err != nil {
			panic(err)
		}
	}
}

func main() {
	r := prometheus.NewRegistry()
	var page bytes.Buffer
	var took []float64
	fill(r, "/api/v1/items/")
	for i := 0; i < 15; i++ {
		begin := time.Now()
		for k := 0; k < 20; k++ {
			render(r, &page)
		}
		took = append(took, float64(time.Since(begin).Nanoseconds())/20e3)
	}
	sort.Float64s(took)
	fmt.Printf("%.2f\n", took[7])
	if len(os.Args) > 1 {
		if err := os.WriteFile(os.Args[1], page.Bytes(), 0o644); err != nil {
			panic(err)
		}
	}
}
