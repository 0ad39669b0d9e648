// SPDX-License-Identifier: MIT
//
// client_golang.go - the operations of work.h, with client_golang; speaks as
// harness/peer.h says
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
	"unsafe"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"
)

const (
	batch  = 4096 // updates between two looks at the clock
	values = 1024
	keys   = 1000
	step   = 389
	apart  = 7919
	kept   = 7
)

var epoch = time.Now()

func now() int64 { return int64(time.Since(epoch)) }

// How long the calling thread has been ready, but had no processor.
func waited() int64 {
	text, err := os.ReadFile("/proc/thread-self/schedstat")
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 2 {
		return 0
	}
	n, _ := strconv.ParseInt(fields[1], 10, 64)
	return n
}

// Keeps the calling thread on one CPU.
func pin(cpu int) {
	var set [128]uint64
	set[cpu/64] = 1 << (cpu % 64)
	_, _, err := syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, 0,
		unsafe.Sizeof(set), uintptr(unsafe.Pointer(&set[0])))
	if err != 0 {
		panic(err)
	}
}

// ---- the work ----

var (
	registry     = prometheus.NewRegistry()
	counter      prometheus.Counter
	histogram    prometheus.Histogram
	family       *prometheus.CounterVec
	keptChild    prometheus.Counter
	value        [values]float64
	round        float64 // the sum of all values
	method, path [keys]string
)

func makeValues() {
	state := uint64(42)
	for i := range value {
		state += 0x9e3779b97f4a7c15
		x := state
		x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9
		x = (x ^ (x >> 27)) * 0x94d049bb133111eb
		x ^= x >> 31
		value[i] = float64((1024+(x&1023))<<((x>>10)%12)) / (1 << 18)
		round += value[i]
	}
}

func makeMetrics() {
	counter = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "c_total", Help: "C."})
	histogram = prometheus.NewHistogram(prometheus.HistogramOpts{
		Name: "h", Help: "H."})
	family = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "requests_total", Help: "Requests."},
		[]string{"method", "path"})
	registry.MustRegister(counter, histogram, family)
	for i := 0; i < keys; i++ {
		method[i] = fmt.Sprintf("m%d", i%10)
		path[i] = fmt.Sprintf("/api/v1/items/%d", i/10)
		family.WithLabelValues(method[i], path[i])
	}
	keptChild = family.WithLabelValues(method[kept], path[kept])
}

// What was counted in the family of that name; of a histogram, only if the sum
// of the values agrees.
func total(name string) float64 {
	families, err := registry.Gather()
	if err != nil {
		panic(err)
	}
	sum := 0.0
	for _, f := range families {
		if f.GetName() != name {
			continue
		}
		for _, m := range f.Metric {
			if f.GetType() == dto.MetricType_COUNTER {
				sum += m.Counter.GetValue()
			} else if n := float64(m.Histogram.GetSampleCount()); m.Histogram.GetSampleSum() == n/values*round {
				sum += n
			}
		}
	}
	return sum
}

// ---- a trial ----

type thread struct {
	at, begin, end, updates, all, stolen int64
	_                                    [128]byte
}

// A loop for each operation, with the update in it: through a function value
// each update would cost a call more.
var loops = map[string]func(t *thread){
	"inc": func(t *thread) {
		for i := 0; i < batch; i++ {
			counter.Inc()
		}
	},
	"observe": func(t *thread) {
		for i := 0; i < batch; i++ {
			histogram.Observe(value[t.at%values])
			t.at++
		}
	},
	"hit": func(t *thread) {
		for i := 0; i < batch; i++ {
			family.WithLabelValues(method[t.at], path[t.at]).Inc()
			t.at = (t.at + step) % keys
		}
	},
	"cached": func(t *thread) {
		for i := 0; i < batch; i++ {
			keptChild.Inc()
		}
	},
}

var counts = map[string]string{"inc": "c_total", "observe": "h",
	"hit": "requests_total", "cached": "requests_total"}

func (t *thread) until(end int64, loop func(t *thread)) int64 {
	n := int64(0)
	for {
		loop(t)
		n += batch
		t.end = now()
		if t.end >= end {
			t.all += n
			return n
		}
	}
}

func trial(operation string, warm, measure int64, cpus []int) string {
	var ready, begun, done sync.WaitGroup
	var start int64
	loop := loops[operation]
	threads := make([]thread, len(cpus))
	before := total(counts[operation])
	ready.Add(len(cpus))
	begun.Add(1)
	done.Add(len(cpus))
	for i, cpu := range cpus {
		go func(t *thread, i, cpu int) {
			// Never unlocked: the pinned thread ends with its goroutine.
			runtime.LockOSThread()
			pin(cpu)
			t.at = int64(i * apart % keys)
			ready.Done()
			begun.Wait()
			t.until(start+warm, loop)
			waiting := waited()
			t.begin = now()
			t.updates = t.until(start+warm+measure, loop)
			t.stolen = waited() - waiting
			done.Done()
		}(&threads[i], i, cpu)
	}
	ready.Wait()
	start = now() // before Done, and so before what Wait releases
	begun.Done()
	done.Wait()
	begin, end := threads[0].begin, threads[0].end
	var updates, all, stolen int64
	for i := range threads {
		t := &threads[i]
		updates += t.updates
		all += t.all
		if t.begin < begin {
			begin = t.begin
		}
		if t.end > end {
			end = t.end
		}
		if t.stolen > stolen {
			stolen = t.stolen
		}
	}
	return fmt.Sprint(updates, " ", end-begin, " ", all, " ",
		int64(total(counts[operation])-before), " ", stolen)
}

func main() {
	makeValues()
	makeMetrics()
	lines := bufio.NewScanner(os.Stdin)
	fmt.Println("ready")
	for lines.Scan() {
		var operation, list string
		var threads int
		var warm, measure int64
		var cpus []int
		fmt.Sscan(lines.Text(), &operation, &threads, &warm, &measure, &list)
		for _, text := range strings.Split(list, ",") {
			cpu, err := strconv.Atoi(text)
			if err != nil {
				os.Exit(2)
			}
			cpus = append(cpus, cpu)
		}
		if loops[operation] == nil {
			os.Exit(2)
		}
		fmt.Println(trial(operation, warm, measure, cpus))
	}
}
