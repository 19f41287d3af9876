/** What GMQ is to reach, as ratios: how each is measured, by turns with what it is compared with, and whether it is reached. */
package io.gmq.compare.goal;
