/* SPDX-License-Identifier: GPL-2.0 */
/*
 * D10: readers turn preemption off and look whether there is a map; the fields change inside the callback of stop_machine(),
 * which one CPU runs (mask NULL) while all others stand still. No bit, and no grace period.
 */
#include <linux/preempt.h>
#include <linux/stop_machine.h>

static inline bool stillpoint_get(struct swap_info_struct *si)
{
	preempt_disable();
	if (READ_ONCE(si->swap_map))
		return true;
	preempt_enable();
	return false;
}

static inline void stillpoint_put(struct swap_info_struct *si)
{
	preempt_enable();
}

/* Both swapon and swapoff hold swapon_mutex from the stop until they have read what it left here. */
static struct stillpoint_change {
	struct swap_info_struct *si;
	unsigned char *map;
	struct swap_cluster_info *clusters;
} stillpoint_change;

static int stillpoint_set(void *unused)
{
	stillpoint_change.si->swap_map = stillpoint_change.map;
	return 0;
}

static int stillpoint_take(void *unused)
{
	struct swap_info_struct *si = stillpoint_change.si;

	stillpoint_change.map = si->swap_map;
	stillpoint_change.clusters = si->cluster_info;
	si->max = 0;
	si->swap_map = NULL;
	si->cluster_info = NULL;
	return 0;
}

#define stillpoint_valid stillpoint_has_own
#define stillpoint_early(map) NULL

static inline void stillpoint_publish(struct swap_info_struct *p, unsigned char *map)
{
	stillpoint_change.si = p;
	stillpoint_change.map = map;
	stop_machine(stillpoint_set, NULL, NULL);
}

#define stillpoint_retract(p) do { } while (0)

/* Called with both locks, at a place where nobody else can change the device: they are dropped, since a stop sleeps. */
static inline void stillpoint_clear(struct swap_info_struct *p)
{
	spin_unlock(&p->lock);
	spin_unlock(&swap_lock);
	stillpoint_change.si = p;
	stop_machine(stillpoint_take, NULL, NULL);
	spin_lock(&swap_lock);
	spin_lock(&p->lock);
}

#define stillpoint_map(p) stillpoint_change.map
#define stillpoint_clusters(p) stillpoint_change.clusters

#include "stillpoint-common.h"
