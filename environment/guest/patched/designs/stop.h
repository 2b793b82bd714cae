/* SPDX-License-Identifier: GPL-2.0 */
/*
 * V7 (D8): readers turn preemption off; swapoff stops every CPU for a callback that does nothing. The grace period that was
 * in exit_swap_address_space() then stays in STILLPOINT_POSTED, and is left out else: sections cover the swap cache too.
 */
#include <linux/preempt.h>
#include <linux/stop_machine.h>

static inline bool stillpoint_valid(struct swap_info_struct *si);

static inline bool stillpoint_get(struct swap_info_struct *si)
{
	preempt_disable();
	if (stillpoint_valid(si))
		return true;
	preempt_enable();
	return false;
}

static inline void stillpoint_put(struct swap_info_struct *si)
{
	preempt_enable();
}

static int stillpoint_dummy(void *unused)
{
	return 0;
}

#define stillpoint_wait() stop_machine(stillpoint_dummy, NULL, cpu_online_mask)

#ifdef STILLPOINT_POSTED
#define stillpoint_before_cache_ends() synchronize_rcu()
#endif

#include "stillpoint-common.h"
