<?php
/** GET masthead/v1/status: what somebody who looks after both systems asks. For those who may see every story. */

defined( 'ABSPATH' ) || exit;

add_action(
	'rest_api_init',
	static function () {
		register_rest_route(
			'masthead/v1',
			'/status',
			array(
				'methods'             => 'GET',
				'permission_callback' => static function () {
					return current_user_can( 'edit_others_posts' );
				},
				'callback'            => static function () {
					return array(
						'version'     => MASTHEAD_VERSION,
						'configured'  => masthead_is_configured(),
						'queued'      => masthead_queue_length(),
						'lastFailure' => get_option( 'masthead_last_failure', null ),
					);
				},
			)
		);
	}
);
