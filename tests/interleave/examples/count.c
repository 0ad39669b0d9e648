#include "interleave.h"
#include <stdatomic.h>
static _Atomic long a;
static void three(void){ for(int i=0;i<3;i++) atomic_fetch_add_explicit(&a,1,memory_order_relaxed); }
static void lost(void){ long v=atomic_load_explicit(&a,memory_order_relaxed); atomic_store_explicit(&a,v+1,memory_order_relaxed);}
static void six(void){ il_expect_long("sum",a,6);} 
static void nine(void){ il_expect_long("sum",a,9);} 
static void two(void){ il_expect_long("sum",a,2);} 
const struct il_scenario il_scenarios[]={
 {.name="two",.threads={three,three},.check=six},
 {.name="three",.threads={three,three,three},.check=nine},
 {.name="lost",.threads={lost,lost},.check=two},
 {.name=0}};
