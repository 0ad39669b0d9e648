/* temporary */
#include "state.h"
#include <stdio.h>
static void each(const char*t,long n){printf("    outcome %s %ld\n",t,n);}
void il_report(const struct il_scenario *s, const struct result *r){
 printf("%-20s %-14s exec %ld blocked %ld %s%s pre %d stale %d | %s | %s | %s | %s\n", s->name, il_verdict_names[r->verdict], r->executions, r->blocked, r->finished?"finished ":"", r->cut?"cut":"complete", r->preemptions, r->stale, r->sentence, r->expected, r->got, r->token);
 il_outcomes(each);
}
void il_json(const struct il_scenario *s, const struct result *r){(void)s;(void)r;}
void il_sentence_make(void){}
