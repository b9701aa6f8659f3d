<?php
/**
 * WordPress dates a new post's last saving by its publication: one that is scheduled claims to have been saved in the
 * future, one that is back-dated long ago, and neither is found by whoever asks what was saved lately.
 */

defined( 'ABSPATH' ) || exit;

add_filter(
	'wp_insert_post_data',
	static function ( $post, $given, $unsanitised, $is_update ) {
		if ( ! $is_update && 'post' === $post['post_type'] ) {
			$post['post_modified']     = current_time( 'mysql' );
			$post['post_modified_gmt'] = current_time( 'mysql', true );
		}
		return $post;
	},
	10,
	4
);
