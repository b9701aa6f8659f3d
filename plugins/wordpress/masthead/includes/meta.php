<?php
/**
 * What core does not hold of stories, sections, tags and authors. Whoever may edit the thing may edit its fields; REST
 * refuses values of another shape with an error that says so.
 */

defined( 'ABSPATH' ) || exit;

/** An instant with its offset, or nothing. */
const MASTHEAD_INSTANT = '^$|^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})$';

/** One line of plain words. */
function masthead_words( $longest ) {
	return array(
		'type'     => 'string',
		'schema'   => array( 'maxLength' => $longest ),
		'sanitize' => 'sanitize_text_field',
		'default'  => '',
	);
}

/** One of some words of the gateway's, or nothing. */
function masthead_choice( $words ) {
	return array(
		'type'     => 'string',
		'schema'   => array( 'enum' => array_merge( array( '' ), $words ) ),
		'sanitize' => static function ( $value ) use ( $words ) {
			$word = strtoupper( trim( (string) $value ) );
			return in_array( $word, $words, true ) ? $word : '';
		},
		'default'  => '',
	);
}

/** An instant, e.g. 2026-11-23T09:00:00+02:00, or nothing. */
function masthead_instant() {
	return array(
		'type'     => 'string',
		'schema'   => array( 'pattern' => MASTHEAD_INSTANT ),
		'sanitize' => 'masthead_sanitize_instant',
		'default'  => '',
	);
}

function masthead_sanitize_instant( $value ) {
	$value = trim( (string) $value );
	return preg_match( '/' . str_replace( '/', '\/', MASTHEAD_INSTANT ) . '/', $value ) ? $value : '';
}

function masthead_flag() {
	return array(
		'type'     => 'boolean',
		'schema'   => array(),
		'sanitize' => 'rest_sanitize_boolean',
		'default'  => false,
	);
}

function masthead_number() {
	return array(
		'type'     => 'integer',
		'schema'   => array(),
		'sanitize' => static function ( $value ) {
			return (int) $value;
		},
		'default'  => 0,
	);
}

/** The address of a page, or nothing. */
function masthead_address() {
	return array(
		'type'     => 'string',
		'schema'   => array( 'maxLength' => 2000 ),
		'sanitize' => 'masthead_sanitize_address',
		'default'  => '',
	);
}

function masthead_sanitize_address( $value ) {
	return esc_url_raw( trim( (string) $value ), array( 'http', 'https' ) );
}

/** Several of something. */
function masthead_list( $rest_schema, $sanitize_one ) {
	return array(
		'type'     => 'array',
		'schema'   => array(
			'items'    => $rest_schema,
			'maxItems' => 100,
		),
		'sanitize' => static function ( $values ) use ( $sanitize_one ) {
			$kept = array_map( $sanitize_one, is_array( $values ) ? array_values( $values ) : array() );
			return array_values(
				array_filter(
					$kept,
					static function ( $value ) {
						return null !== $value && '' !== $value && 0 !== $value;
					}
				)
			);
		},
		'default'  => array(),
	);
}

function masthead_numbers() {
	return masthead_list(
		array(
			'type'    => 'integer',
			'minimum' => 1,
		),
		'absint'
	);
}

function masthead_sources() {
	return masthead_list(
		array(
			'type'                 => 'object',
			'properties'           => array(
				'name' => array(
					'type'      => 'string',
					'minLength' => 1,
					'maxLength' => 300,
				),
				'kind' => array(
					'type' => 'string',
					'enum' => array( 'STAFF', 'AGENCY', 'PARTNER' ),
				),
				'url'  => array( 'type' => 'string' ),
			),
			'additionalProperties' => false,
		),
		static function ( $source ) {
			$name = sanitize_text_field( $source['name'] ?? '' );
			return '' === $name ? null : array(
				'name' => $name,
				'kind' => $source['kind'] ?? 'STAFF',
				'url'  => masthead_sanitize_address( $source['url'] ?? '' ),
			);
		}
	);
}

function masthead_corrections() {
	return masthead_list(
		array(
			'type'                 => 'object',
			'properties'           => array(
				'text'         => array(
					'type'      => 'string',
					'minLength' => 1,
					'maxLength' => 2000,
				),
				'corrected_at' => array(
					'type'    => 'string',
					'pattern' => MASTHEAD_INSTANT,
				),
			),
			'additionalProperties' => false,
		),
		static function ( $correction ) {
			$text = sanitize_textarea_field( $correction['text'] ?? '' );
			$at   = masthead_sanitize_instant( $correction['corrected_at'] ?? '' );
			// One without a time was made now.
			return '' === $text ? null : array(
				'text'         => $text,
				'corrected_at' => '' === $at ? gmdate( 'Y-m-d\TH:i:s\Z' ) : $at,
			);
		}
	);
}

function masthead_post_fields() {
	$kinds = array( 'NEWS', 'OPINION', 'ANALYSIS', 'BLOG', 'FEATURE', 'VIDEO', 'INFOGRAPHIC', 'GALLERY', 'LIVE_BLOG' );
	return array(
		'kind'              => masthead_choice( $kinds ),
		'kicker'            => masthead_words( 200 ),
		'byline'            => masthead_words( 300 ),
		'language'          => masthead_words( 35 ),
		'primary_section'   => masthead_number(),
		'authors'           => masthead_numbers(),
		'tag_order'         => masthead_numbers(),
		'sources'           => masthead_sources(),
		'corrections'       => masthead_corrections(),
		'syndication'       => masthead_choice( array( 'FULL', 'EXCERPT', 'NONE' ) ),
		'rights_holder'     => masthead_words( 300 ),
		'usage_terms'       => masthead_words( 2000 ),
		'embargoed_until'   => masthead_instant(),
		'expires_at'        => masthead_instant(),
		'breaking'          => masthead_flag(),
		'breaking_until'    => masthead_instant(),
		'former_addresses'  => masthead_list(
			array(
				'type'      => 'string',
				'maxLength' => 2000,
			),
			static function ( $address ) {
				$address = trim( (string) $address );
				return preg_match( '~^/[^/\\\\]~', $address ) ? esc_url_raw( $address ) : masthead_sanitize_address( $address );
			}
		),
		'translation_group' => masthead_words( 200 ),
		'seo_title'         => masthead_words( 300 ),
		'seo_description'   => masthead_words( 1000 ),
		'seo_canonical_url' => masthead_address(),
		'seo_noindex'       => masthead_flag(),
	);
}

function masthead_register_fields( $object_type, $subtype, $fields, $may_edit ) {
	foreach ( $fields as $name => $field ) {
		register_meta(
			$object_type,
			'masthead_' . $name,
			array(
				'object_subtype'    => $subtype,
				'type'              => $field['type'],
				'single'            => true,
				'default'           => $field['default'],
				'sanitize_callback' => $field['sanitize'],
				'auth_callback'     => static function ( $allowed, $key, $id, $user ) use ( $may_edit ) {
					return user_can( $user, $may_edit, $id );
				},
				'show_in_rest'      => array( 'schema' => $field['schema'] ),
			)
		);
	}
}

function masthead_register_meta() {
	$group = array( 'translation_group' => masthead_words( 200 ) );
	masthead_register_fields( 'post', 'post', masthead_post_fields(), 'edit_post' );
	masthead_register_fields(
		'post',
		'attachment',
		array(
			'credit'     => masthead_words( 500 ),
			// Core cannot tell a picture without words from one that needs none.
			'decorative' => masthead_flag(),
		),
		'edit_post'
	);
	masthead_register_fields(
		'term',
		'category',
		$group + array(
			'section_kind' => masthead_choice( array( 'TOPIC', 'REGION', 'FORMAT' ) ),
			'position'     => masthead_number(),
		),
		'edit_term'
	);
	masthead_register_fields( 'term', 'post_tag', $group, 'edit_term' );
	masthead_register_fields(
		'user',
		'user',
		$group + array(
			'author_kind' => masthead_choice( array( 'PERSON', 'ORGANIZATION' ) ),
			'role'        => masthead_words( 200 ),
		),
		'edit_user'
	);
}
add_action( 'init', 'masthead_register_meta' );
