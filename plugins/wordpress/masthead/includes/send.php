<?php
/**
 * Sends what was collected, when the request is over: signed as https://www.standardwebhooks.com says, each delivery a row
 * of the options table until the gateway has it. What could not be sent is tried again later, and what is lost in the end the
 * gateway's sweep finds.
 */

defined( 'ABSPATH' ) || exit;

const MASTHEAD_QUEUE       = 'masthead_queue_';
const MASTHEAD_PER_REQUEST = 100;
/** Deliveries kept at most, and how long. */
const MASTHEAD_MOST_QUEUED = 500;
const MASTHEAD_KEEP_FOR    = DAY_IN_SECONDS;
/** An editor waits this long at most where PHP cannot end the answer first. */
const MASTHEAD_PATIENCE = 2;
const MASTHEAD_RETRIES  = 20;

/** Queued deliveries, oldest first. Each is a row of its own: two requests never write the same one. */
function masthead_queued( $most ) {
	global $wpdb;
	return $wpdb->get_col(
		$wpdb->prepare(
			"SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s ORDER BY option_id LIMIT %d",
			$wpdb->esc_like( MASTHEAD_QUEUE ) . '%',
			$most
		)
	);
}

function masthead_queue_length() {
	global $wpdb;
	return (int) $wpdb->get_var(
		$wpdb->prepare( "SELECT COUNT(*) FROM {$wpdb->options} WHERE option_name LIKE %s", $wpdb->esc_like( MASTHEAD_QUEUE ) . '%' )
	);
}

/** A change as it stands now: one that waited may have been overtaken. */
function masthead_change_now( $post_id, $kind ) {
	$is_there = masthead_is_shown( get_post_status( $post_id ) );
	if ( $is_there ) {
		$kind = 'KILL' === $kind ? 'PUBLISH' : $kind;
	} else {
		$kind = 'KILL';
	}
	return array(
		'kind'     => $kind,
		'sourceId' => (string) $post_id,
	);
}

/** Answers after which the same delivery would be refused again. */
const MASTHEAD_REFUSED = array( 400, 413, 422 );

/** The gateway's status, 0 where it did not answer, and in words what went wrong, without anything that is secret. */
function masthead_deliver( $name, $changes, $patience ) {
	$settings = masthead_settings();
	$listed   = array();
	foreach ( $changes as $post_id => $kind ) {
		$listed[] = '' === $post_id ? array( 'taxonomy' => true ) : masthead_change_now( $post_id, $kind );
	}
	// Sent twice it is the same delivery, unless what it says is no longer true and it says something else.
	$id   = $name . '-' . substr( md5( wp_json_encode( $listed ) ), 0, 8 );
	$body = wp_json_encode(
		array(
			'id'      => $id,
			'changes' => $listed,
		)
	);
	$time   = (string) time();
	$answer = wp_remote_post(
		$settings['gateway'] . '/changes',
		array(
			'timeout'     => $patience,
			'redirection' => 0,
			'headers'     => array(
				'Content-Type'      => 'application/json',
				'X-Masthead-Store'  => $settings['store'],
				'webhook-id'        => $id,
				'webhook-timestamp' => $time,
				'webhook-signature' => 'v1,' . base64_encode( hash_hmac( 'sha256', "$id.$time.$body", masthead_key( $settings['secret'] ), true ) ),
			),
			'body'        => $body,
		)
	);
	if ( is_wp_error( $answer ) ) {
		return array( 0, 'no answer (' . $answer->get_error_code() . ')' );
	}
	$status = (int) wp_remote_retrieve_response_code( $answer );
	return array( $status, 'answered ' . $status );
}

function masthead_note_failure( $failure ) {
	update_option( 'masthead_last_failure', $failure . ', ' . gmdate( 'Y-m-d\TH:i:s\Z' ), false );
	if ( ! wp_next_scheduled( 'masthead_retry' ) ) {
		wp_schedule_single_event( time() + MINUTE_IN_SECONDS, 'masthead_retry' );
	}
}

/** Sends what is queued until one fails that may yet succeed. */
function masthead_send_queued( $most, $patience ) {
	foreach ( masthead_queued( $most ) as $name ) {
		$delivery = get_option( $name );
		$is_whole = is_array( $delivery ) && isset( $delivery['changes'], $delivery['at'] );
		if ( ! $is_whole || $delivery['at'] < time() - MASTHEAD_KEEP_FOR ) {
			delete_option( $name );
			continue;
		}
		list( $status, $failure ) = masthead_deliver( substr( $name, strlen( MASTHEAD_QUEUE ) ), $delivery['changes'], $patience );
		$is_there                 = $status >= 200 && $status < 300;
		if ( ! $is_there ) {
			masthead_note_failure( $failure );
		}
		if ( ! $is_there && ! in_array( $status, MASTHEAD_REFUSED, true ) ) {
			return;
		}
		delete_option( $name );
	}
}

function masthead_enqueue( $changes ) {
	foreach ( array_chunk( $changes, MASTHEAD_PER_REQUEST, true ) as $some ) {
		add_option(
			MASTHEAD_QUEUE . wp_generate_uuid4(),
			array(
				'at'      => time(),
				'changes' => $some,
			),
			'',
			'no'
		);
	}
	// A gateway that is gone for good must not fill the table.
	$too_many = masthead_queue_length() - MASTHEAD_MOST_QUEUED;
	array_map( 'delete_option', $too_many > 0 ? masthead_queued( $too_many ) : array() );
}

/** Ends the answer to the browser where PHP can. */
function masthead_end_answer() {
	foreach ( array( 'fastcgi_finish_request', 'litespeed_finish_request' ) as $end ) {
		if ( function_exists( $end ) ) {
			$end();
			return true;
		}
	}
	return false;
}

add_action(
	'shutdown',
	static function () {
		$changes = &masthead_changes();
		if ( array() === $changes || ! masthead_is_configured() ) {
			return;
		}
		$sent    = $changes;
		$changes = array();
		masthead_enqueue( $sent );
		masthead_send_queued( MASTHEAD_RETRIES, masthead_end_answer() ? 5 * MASTHEAD_PATIENCE : MASTHEAD_PATIENCE );
	},
	// After everybody who still saves something at the end of a request.
	1000
);

add_action(
	'masthead_retry',
	static function () {
		if ( masthead_is_configured() ) {
			masthead_send_queued( MASTHEAD_MOST_QUEUED, 5 * MASTHEAD_PATIENCE );
		}
	}
);
