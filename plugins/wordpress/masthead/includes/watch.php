<?php
/** Everything in WordPress after which a reader might see something else. */

defined( 'ABSPATH' ) || exit;

/** Posts that one change of something they share may concern; the gateway's sweep finds the rest. */
const MASTHEAD_MOST_POSTS = 500;

add_action(
	'transition_post_status',
	static function ( $new_status, $old_status, $post ) {
		if ( 'post' !== $post->post_type ) {
			return;
		}
		$is_shown  = masthead_is_shown( $new_status );
		$was_shown = masthead_is_shown( $old_status );
		if ( $is_shown ) {
			masthead_note( $post->ID, $new_status === $old_status || ( $was_shown && 'future' === $new_status ) ? 'UPDATE' : 'PUBLISH' );
		} elseif ( $was_shown ) {
			masthead_note( $post->ID, 'KILL' );
		}
	},
	10,
	3
);

add_action(
	'deleted_post',
	static function ( $post_id, $post ) {
		if ( 'post' === $post->post_type && ! in_array( $post->post_status, array( 'auto-draft', 'draft', 'pending' ), true ) ) {
			masthead_note( (int) $post_id, 'KILL' );
		}
	},
	10,
	2
);

/** Stories that lead with a picture. */
function masthead_note_stories_with( $attachment_id ) {
	$ids = get_posts(
		array(
			'post_type'      => 'post',
			'post_status'    => array( 'publish', 'future' ),
			'meta_key'       => '_thumbnail_id',
			'meta_value'     => (string) $attachment_id,
			'fields'         => 'ids',
			'posts_per_page' => MASTHEAD_MOST_POSTS,
			'no_found_rows'  => true,
		)
	);
	array_map( 'masthead_note_if_shown', $ids );
}

/** Fields that say something to readers: ours, and those of pictures. */
function masthead_note_post_meta( $meta_ids, $post_id, $key ) {
	if ( 0 !== strpos( $key, 'masthead_' ) && ! in_array( $key, array( '_thumbnail_id', '_wp_attachment_image_alt', '_wp_attachment_metadata' ), true ) ) {
		return;
	}
	if ( 'attachment' === get_post_type( $post_id ) ) {
		masthead_note_stories_with( $post_id );
	} else {
		masthead_note_if_shown( $post_id, 'masthead_corrections' === $key ? 'CORRECTION' : 'UPDATE' );
	}
}
add_action( 'added_post_meta', 'masthead_note_post_meta', 10, 3 );
add_action( 'updated_post_meta', 'masthead_note_post_meta', 10, 3 );
add_action( 'deleted_post_meta', 'masthead_note_post_meta', 10, 3 );

add_action( 'attachment_updated', 'masthead_note_stories_with' );
// Before: afterwards no story leads with it any more.
add_action( 'delete_attachment', 'masthead_note_stories_with' );

add_action( 'set_object_terms', 'masthead_note_if_shown_any' );
/** Hooks hand more arguments than a post's number. */
function masthead_note_if_shown_any( $post_id ) {
	masthead_note_if_shown( $post_id );
}

/** Whether stories are filed under a taxonomy as the gateway reads it. */
function masthead_is_filing( $taxonomy ) {
	return in_array( $taxonomy, array( 'category', 'post_tag' ), true );
}

function masthead_note_term( $term_id, $term_taxonomy_id, $taxonomy ) {
	if ( masthead_is_filing( $taxonomy ) ) {
		masthead_note_taxonomy();
	}
}
add_action( 'created_term', 'masthead_note_term', 10, 3 );
add_action( 'edited_term', 'masthead_note_term', 10, 3 );
add_action(
	'delete_term',
	static function ( $term_id, $term_taxonomy_id, $taxonomy, $term, $post_ids ) {
		masthead_note_term( $term_id, $term_taxonomy_id, $taxonomy );
		array_map( 'masthead_note_if_shown', masthead_is_filing( $taxonomy ) ? array_slice( $post_ids, 0, MASTHEAD_MOST_POSTS ) : array() );
	},
	10,
	5
);

function masthead_note_our_meta( $meta_ids, $object_id, $key ) {
	if ( 0 === strpos( $key, 'masthead_' ) || 'description' === $key ) {
		masthead_note_taxonomy();
	}
}
foreach ( array( 'term', 'user' ) as $masthead_type ) {
	foreach ( array( 'added', 'updated', 'deleted' ) as $masthead_verb ) {
		add_action( "{$masthead_verb}_{$masthead_type}_meta", 'masthead_note_our_meta', 10, 3 );
	}
}

add_action( 'user_register', 'masthead_note_taxonomy', 10, 0 );
add_action( 'profile_update', 'masthead_note_taxonomy', 10, 0 );
add_action(
	'delete_user',
	static function ( $user_id ) {
		masthead_note_taxonomy();
		// Handed to somebody else past all hooks of posts.
		$ids = get_posts(
			array(
				'post_type'      => 'post',
				'post_status'    => array( 'publish', 'future' ),
				'author'         => $user_id,
				'fields'         => 'ids',
				'posts_per_page' => MASTHEAD_MOST_POSTS,
				'no_found_rows'  => true,
			)
		);
		array_map( 'masthead_note_if_shown', $ids );
	}
);
