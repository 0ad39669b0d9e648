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

func fill(r *prometheus.Registry) {
	f := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "requests_total", Help: "Requests served."},
		[]string{"method", "path"})
	r.MustRegister(f)
	for i := 0; i < 1000; i++ {
		f.WithLabelValues(fmt.Sprintf("m%d", i%10),
			fmt.Sprintf("/api/v1/items/%d", i/10)).
			Add(float64(i * 1234567 % 1000000000))
	}
	h := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "duration_seconds", Help: "Duration of a request."},
		[]string{"handler"})
	r.MustRegister(h)
	for i := 0; i < 100; i++ {
		c := h.WithLabelValues(fmt.Sprintf("/h%d", i))
		for k := 0; k < 100; k++ {
			c.Observe(float64((i*100+k)*7919%20011) / 1000)
		}
	}
}

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
	fill(r)
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
