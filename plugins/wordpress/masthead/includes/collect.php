<?php
/**
 * What changed in this request, by post, each once. Nothing is sent while the request still works: the gateway looks at
 * what it is told about at once, and has to find all of it saved.
 */

defined( 'ABSPATH' ) || exit;

/** What readers may see, now or by itself later. */
function masthead_is_shown( $status ) {
	return in_array( $status, array( 'publish', 'future' ), true );
}

/** The changes of this request so far, by post number; '' holds that sections, tags or authors changed. */
function &masthead_changes() {
	static $changes = array();
	return $changes;
}

/** Of several things that happened to a post, the one that says most: its appearance, its end, a correction. */
function masthead_note( $post_id, $kind ) {
	$changes = &masthead_changes();
	$known   = $changes[ $post_id ] ?? null;
	$is_mere = 'UPDATE' === $kind || ( 'CORRECTION' === $kind && 'UPDATE' !== $known );
	if ( null === $known || ! $is_mere ) {
		$changes[ $post_id ] = $kind;
	}
}

function masthead_note_taxonomy() {
	$changes     = &masthead_changes();
	$changes[''] = true;
}

/** Notes that a post which readers may see looks different now. */
function masthead_note_if_shown( $post_id, $kind = 'UPDATE' ) {
	if ( 'post' === get_post_type( $post_id ) && masthead_is_shown( get_post_status( $post_id ) ) ) {
		masthead_note( (int) $post_id, $kind );
	}
}
