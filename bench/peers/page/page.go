// SPDX-License-Identifier: MIT
//
// page.go - the registry of page.h, with client_golang
package main

import (
	"fmt"

	"github.com/prometheus/client_golang/prometheus"
)

func fill(r *prometheus.Registry, path string) {
	f := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "requests_total", Help: "Requests served."},
		[]string{"method", "path"})
	r.MustRegister(f)
	for i := 0; i < 1000; i++ {
		f.WithLabelValues(fmt.Sprintf("m%d", i%10),
			fmt.Sprintf("%s%d", path, i/10)).
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
