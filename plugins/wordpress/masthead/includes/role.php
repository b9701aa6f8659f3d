<?php
/** A role for the gateway's own user: it sees every story and every author, and publishes, uploads and deletes nothing. */

defined( 'ABSPATH' ) || exit;

function masthead_add_role() {
	add_role(
		'masthead_gateway',
		'Masthead gateway',
		array(
			'read'                 => true,
			// WordPress shows what is scheduled, and excerpts as they were written, to those alone who may edit them.
			'edit_posts'           => true,
			'edit_others_posts'    => true,
			'edit_published_posts' => true,
			// Otherwise the second of two authors is not there before a story of their own is.
			'list_users'           => true,
		)
	);
}
