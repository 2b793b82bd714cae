/* SPDX-License-Identifier: GPL-2.0 */
/* V8 as merged (D6): readers are RCU sections, and swapoff waits for one grace period. */
#include <linux/rcupdate.h>

static inline bool stillpoint_valid(struct swap_info_struct *si);

static inline bool stillpoint_get(struct swap_info_struct *si)
{
	rcu_read_lock();
	if (stillpoint_valid(si))
		return true;
	rcu_read_unlock();
	return false;
}

static inline void stillpoint_put(struct swap_info_struct *si)
{
	rcu_read_unlock();
}

#define stillpoint_wait() synchronize_rcu()

#include "stillpoint-common.h"
