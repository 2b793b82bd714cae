/* SPDX-License-Identifier: GPL-2.0 */
/* For all who call put_swap_device(): what it is here depends on the design, which only swapfile.c knows. */
struct swap_info_struct;
void stillpoint_put_swap_device(struct swap_info_struct *si);
#define put_swap_device stillpoint_put_swap_device
