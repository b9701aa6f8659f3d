<?php
/**
 * A box beside the story in the classic editor, for what a desk sets by hand. Lists (authors, order of tags, sources, former
 * addresses) are for programs: they are left alone here.
 */

defined( 'ABSPATH' ) || exit;

/** What the box shows, in order. */
function masthead_box_fields() {
	return array(
		'kicker'            => __( 'Kicker', 'masthead' ),
		'byline'            => __( 'Byline', 'masthead' ),
		'kind'              => __( 'Kind', 'masthead' ),
		'primary_section'   => __( 'Primary section', 'masthead' ),
		'breaking'          => __( 'Breaking', 'masthead' ),
		'breaking_until'    => __( 'Breaking until', 'masthead' ),
		'embargoed_until'   => __( 'Embargoed until', 'masthead' ),
		'expires_at'        => __( 'Gone from', 'masthead' ),
		'syndication'       => __( 'Partners get', 'masthead' ),
		'rights_holder'     => __( 'Rights holder', 'masthead' ),
		'usage_terms'       => __( 'Usage terms', 'masthead' ),
		'translation_group' => __( 'Translation group', 'masthead' ),
		'language'          => __( 'Language, if another than the edition’s', 'masthead' ),
		'seo_title'         => __( 'Title for search engines', 'masthead' ),
		'seo_description'   => __( 'Description for search engines', 'masthead' ),
		'seo_canonical_url' => __( 'Canonical address', 'masthead' ),
		'seo_noindex'       => __( 'Not for search engines', 'masthead' ),
	);
}

/** An instant as the browser's own picker writes it, by the site's clock. */
function masthead_to_picker( $instant ) {
	$time = '' === $instant ? false : date_create( $instant );
	return false === $time ? '' : $time->setTimezone( wp_timezone() )->format( 'Y-m-d\TH:i' );
}

/** What was picked, as an instant; null: it is none, and what was there stays. */
function masthead_from_picker( $picked ) {
	if ( '' === $picked ) {
		return '';
	}
	$time = DateTime::createFromFormat( '!Y-m-d\TH:i', $picked, wp_timezone() );
	return false === $time ? null : $time->format( 'Y-m-d\TH:i:sP' );
}

function masthead_draw_choice( $id, $choices, $chosen ) {
	$options = '';
	foreach ( $choices as $value => $label ) {
		$options .= sprintf( '<option value="%s"%s>%s</option>', esc_attr( $value ), selected( (string) $value, (string) $chosen, false ), esc_html( $label ) );
	}
	printf( '<select class="widefat" id="%1$s" name="%1$s">%2$s</select>', esc_attr( $id ), $options ); // phpcs:ignore -- escaped above.
}

function masthead_draw_field( $name, $field, $value ) {
	$id = 'masthead_' . $name;
	if ( 'boolean' === $field['type'] ) {
		printf( '<input type="checkbox" id="%1$s" name="%1$s" value="1"%2$s />', esc_attr( $id ), checked( $value, true, false ) );
	} elseif ( 'primary_section' === $name ) {
		$choices = array( 0 => '—' );
		foreach ( get_categories( array( 'hide_empty' => false ) ) as $category ) {
			$choices[ $category->term_id ] = $category->name;
		}
		masthead_draw_choice( $id, $choices, $value );
	} elseif ( isset( $field['schema']['enum'] ) ) {
		$words = array_filter( $field['schema']['enum'] );
		masthead_draw_choice( $id, array( '' => '—' ) + array_combine( $words, $words ), $value );
	} elseif ( isset( $field['schema']['pattern'] ) ) {
		printf( '<input class="widefat" type="datetime-local" id="%1$s" name="%1$s" value="%2$s" />', esc_attr( $id ), esc_attr( masthead_to_picker( $value ) ) );
	} else {
		printf( '<input class="widefat" type="text" dir="auto" id="%1$s" name="%1$s" value="%2$s" maxlength="%3$d" />', esc_attr( $id ), esc_attr( $value ), (int) $field['schema']['maxLength'] );
	}
}

/** What a browser sends of a field that was left as it was drawn. */
function masthead_drawn( $field, $value ) {
	if ( 'boolean' === $field['type'] ) {
		return $value ? '1' : '';
	}
	if ( 'integer' === $field['type'] ) {
		return (string) (int) $value;
	}
	return isset( $field['schema']['pattern'] ) ? masthead_to_picker( (string) $value ) : trim( (string) $value );
}

function masthead_draw_box( $post ) {
	wp_nonce_field( 'masthead-' . $post->ID, 'masthead_nonce' );
	$fields = masthead_post_fields();
	foreach ( masthead_box_fields() as $name => $label ) {
		printf( '<p><label for="%s">%s</label><br />', esc_attr( 'masthead_' . $name ), esc_html( $label ) );
		$value = get_post_meta( $post->ID, 'masthead_' . $name, true );
		masthead_draw_field( $name, $fields[ $name ], $value );
		printf( '<input type="hidden" name="%s" value="%s" /></p>', esc_attr( 'masthead_drawn_' . $name ), esc_attr( masthead_drawn( $fields[ $name ], $value ) ) );
	}
	printf( '<p><label for="masthead_correction">%s</label><br />', esc_html__( 'A correction, made now', 'masthead' ) );
	echo '<textarea class="widefat" dir="auto" rows="2" id="masthead_correction" name="masthead_correction" maxlength="2000"></textarea></p>';
	foreach ( (array) get_post_meta( $post->ID, 'masthead_corrections', true ) as $correction ) {
		printf( '<p class="description"><bdi>%s</bdi> (%s)</p>', esc_html( $correction['text'] ), esc_html( $correction['corrected_at'] ) );
	}
}

add_action(
	'add_meta_boxes_post',
	static function () {
		// Not in the block editor: it sends boxes after the story, whose change would be told before an embargo is set.
		add_meta_box( 'masthead', 'Masthead', 'masthead_draw_box', 'post', 'side', 'default', array( '__back_compat_meta_box' => true ) );
	}
);

/** Whether a field came back as it was drawn: what others have set meanwhile stays. */
function masthead_is_untouched( $name ) {
	// phpcs:disable WordPress.Security.NonceVerification -- by whoever calls.
	$typed = isset( $_POST[ 'masthead_' . $name ] ) ? trim( (string) wp_unslash( $_POST[ 'masthead_' . $name ] ) ) : '';
	return isset( $_POST[ 'masthead_drawn_' . $name ] ) && trim( (string) wp_unslash( $_POST[ 'masthead_drawn_' . $name ] ) ) === $typed;
	// phpcs:enable
}

/** What was typed of one field; null: nothing that can be used, and what was there stays. */
function masthead_typed( $name, $field ) {
	// phpcs:disable WordPress.Security.NonceVerification -- by whoever calls.
	$typed = isset( $_POST[ 'masthead_' . $name ] ) ? trim( (string) wp_unslash( $_POST[ 'masthead_' . $name ] ) ) : '';
	// phpcs:enable
	if ( 'boolean' === $field['type'] ) {
		return '1' === $typed;
	}
	if ( 'integer' === $field['type'] ) {
		return (int) $typed;
	}
	return isset( $field['schema']['pattern'] ) ? masthead_from_picker( $typed ) : $typed;
}

add_action(
	'save_post_post',
	static function ( $post_id ) {
		$nonce = isset( $_POST['masthead_nonce'] ) ? sanitize_key( $_POST['masthead_nonce'] ) : '';
		if ( ! wp_verify_nonce( $nonce, 'masthead-' . $post_id ) || ! current_user_can( 'edit_post', $post_id ) || wp_is_post_autosave( $post_id ) ) {
			return;
		}
		$fields = masthead_post_fields();
		foreach ( array_keys( masthead_box_fields() ) as $name ) {
			if ( masthead_is_untouched( $name ) ) {
				continue;
			}
			$typed = masthead_typed( $name, $fields[ $name ] );
			// An instant keeps the offset and the seconds it had, unless another was picked.
			$saved   = get_post_meta( $post_id, 'masthead_' . $name, true );
			$is_same = isset( $fields[ $name ]['schema']['pattern'] ) && masthead_to_picker( (string) $typed ) === masthead_to_picker( (string) $saved );
			if ( null !== $typed && ! $is_same ) {
				update_post_meta( $post_id, 'masthead_' . $name, wp_slash( $typed ) );
			}
		}
		$correction = isset( $_POST['masthead_correction'] ) ? trim( (string) wp_unslash( $_POST['masthead_correction'] ) ) : '';
		if ( '' !== $correction ) {
			$corrections = array_values( array_filter( (array) get_post_meta( $post_id, 'masthead_corrections', true ) ) );
			$last        = end( $corrections );
			// A form may be sent twice.
			if ( false === $last || $last['text'] !== $correction ) {
				$corrections[] = array( 'text' => $correction );
				update_post_meta( $post_id, 'masthead_corrections', wp_slash( $corrections ) );
			}
		}
	}
);
